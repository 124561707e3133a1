"""The script that Streamlit runs; it lies apart from pages/, which Streamlit would otherwise route by itself."""
