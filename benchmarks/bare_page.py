"""The yardstick: the smallest Streamlit page that answers a slider with a line of text."""

import streamlit as st

points = st.slider("Points", 0, 100, 50, key="points")
st.write(f"Answer: {points}")
