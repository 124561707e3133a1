"""Entry: `streamlit run app.py` serves the app on http://localhost:8501."""

from pathlib import Path

import streamlit as st

import partnerselect.ui

app = st.App(Path(partnerselect.ui.__file__).parent / "entry" / "router.py")

if __name__ == "__main__":
    app.run()
