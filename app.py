"""Entry: `streamlit run app.py` serves the app on http://localhost:8501."""

from pathlib import Path

import streamlit as st

from partnerselect.ui.entry import warm

warm.load_in_background()
app = st.App(Path(warm.__file__).with_name("router.py"))

if __name__ == "__main__":
    app.run()
