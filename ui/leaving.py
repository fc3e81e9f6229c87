"""What a page that was left still asks for while the next one runs: nothing is done for it."""

from streamlit.runtime.scriptrunner import get_script_run_ctx


def forget() -> None:
    """Call it at the start of a run that shows another page: what the page before asks for later is refused.

    Streamlit 1.67 forgets the fragments of the page before at the end of the run only. A report that reaches one of
    them during the run lets it run behind the new page, which is then taken away with the values of its controls.
    """
    if (context := get_script_run_ctx()) is not None:
        context.fragment_storage.clear()
