"""The screens: Streamlit pages, and the one custom component."""
