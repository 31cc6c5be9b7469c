from .conftest import *
from ..notebooks.executing import execute
from ..storms import ROOT
import pytest
@pytest.mark.parametrize("n,ys,dark",[("05_bounded_contexts",(300,1500,2600),False),("10_watch_events",(900,1900,2900),True),("03_trigger_detection",(1200,2400),True)])
def test_look(page, lab, n, ys, dark):
    nb=f"{n}.ipynb"
    open_notebook(page, lab, nb)
    if dark: page.evaluate("()=>window.jupyterapp.commands.execute('apputils:change-theme',{theme:'JupyterLab Dark'})")
    run_all(page)
    page.evaluate("""async()=>{const p=window.jupyterapp.shell.currentWidget; const c=p.content.widgets; const last=c[c.length-1]; for(let i=0;i<600;i++){ if(last.model.sharedModel.execution_count) break; await new Promise(d=>setTimeout(d,100));}}""")
    for i,y in enumerate(ys):
        page.locator(".jp-WindowedPanel-outer").evaluate("(e,y)=>e.scrollTo(0,y)", y)
        page.wait_for_timeout(1200)
        page.screenshot(path=f"/tmp/nb/{n[:2]}_{i}.png")
