"""Entry: `streamlit run app.py` serves the app on http://localhost:8501."""

from pathlib import Path

import streamlit as st

import partnerselect.ui.entry
from partnerselect.ui.entry.warm import warmed

app = st.App(Path(partnerselect.ui.entry.__file__).parent / "router.py", lifespan=warmed)

if __name__ == "__main__":
    app.run()
