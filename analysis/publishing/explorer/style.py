"""The style sheet of the explorer: JupyterLab's own colours, so that it follows its theme; tints by hue and by line."""

CSS = """
.plx { --plx-ink: var(--jp-content-font-color1, #1c2126); --plx-muted: var(--jp-content-font-color2, #586069);
  --plx-paper: var(--jp-layout-color0, #fff); --plx-raised: var(--jp-layout-color1, #fff); --plx-rule: var(--jp-border-color2, #dcdad4);
  --plx-link: var(--jp-brand-color1, #0b5a8a);
  --plx-outside: #d3e6f5; --plx-quoted: #fbe6bd; --plx-positive: #d3eee9; --plx-negative: #fbe0d6; --plx-zero: #ececec;
  --plx-s0: #d3e6f5; --plx-s1: #fbe6bd; --plx-s2: #dcefd8; --plx-s3: #f3dcec; --plx-s4: #fbe0d6; --plx-s5: #e6e6e6; }
[data-jp-theme-light="false"] .plx {
  --plx-outside: #1d3f5a; --plx-quoted: #55400f; --plx-positive: #12453f; --plx-negative: #5a2b1c; --plx-zero: #3a3d41;
  --plx-s0: #1d3f5a; --plx-s1: #55400f; --plx-s2: #29472a; --plx-s3: #53304a; --plx-s4: #5a2b1c; --plx-s5: #44474b; }
[data-jp-theme-light="false"] .plx figure img { color-scheme: dark; }
[data-jp-theme-light="true"] .plx figure img { color-scheme: light; }
.plx, .plx .widget-html-content { color: var(--plx-ink); font-family: var(--jp-ui-font-family, system-ui, sans-serif); }
.plx .widget-html, .plx .widget-html-content { overflow: visible; height: auto; line-height: 1.5; min-width: 0; }
.plx .widget-html { margin: 2px; width: auto; align-self: stretch; } .plx .widget-html-content { width: 100%; }
.plx-keys { height: 0; margin: 0; overflow: hidden; }
.plx-controls { display: flex; flex-flow: row wrap; gap: 10px 16px; align-items: flex-end; overflow: visible; padding: 2px; }
.plx-controls > .widget-inline-hbox { flex-direction: column; align-items: stretch; height: auto; width: 17rem; margin: 0; }
.plx-controls > .widget-inline-hbox > .widget-label { width: auto; text-align: left; height: auto; line-height: 1.4; padding: 0;
  color: var(--plx-muted); font-size: 12px; overflow: visible; white-space: normal; }
.plx-controls > .widget-inline-hbox > select, .plx-controls > .widget-inline-hbox > input { width: 100%; height: 30px; margin: 0; flex: none; }
.plx-controls > .plx-wide { width: 28rem; max-width: 100%; }
.plx select { text-overflow: ellipsis; } [data-jp-theme-light="false"] .plx select { color-scheme: dark; background-image: url("data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 18 18'%3E%3Cpath fill='%23ddd' d='M5.2 6.3 9 10l3.8-3.7 1 1L9 12 4.2 7.3z'/%3E%3C/svg%3E"); }
.plx-controls > .widget-checkbox, .plx-boxes > .widget-checkbox { width: auto; flex-direction: row; height: 30px; align-items: center; }
.plx-controls > .widget-button { height: 30px; line-height: 28px; width: auto; margin: 0; padding: 0 14px; }
.plx-boxes { display: flex; flex-flow: row wrap; gap: 0 16px; overflow: visible; }
.plx-boxes > .widget-checkbox { margin: 0; }
.plx-boxes > .widget-label, .plx-boxes > .widget-html { width: auto; color: var(--plx-muted); font-size: 12px; flex: none; }
.plx select:focus-visible, .plx input:focus-visible, .plx button:focus-visible, .plx .scroll:focus-visible, .plx summary:focus-visible {
  outline: 2px solid var(--plx-link); outline-offset: 1px; }
.plx h3 { margin: 8px 0 4px; font-size: 16px; } .plx h4 { margin: 0; font-weight: 400; font-size: 12px; color: var(--plx-muted); }
.plx p { margin: 0 0 8px; } .plx .status { color: var(--plx-muted); margin: 4px 0; }
.plx .scroll { box-sizing: border-box; max-height: 30rem; overflow: auto; border: 1px solid var(--plx-rule); background: var(--plx-paper); border-radius: 2px; }
.plx figure .scroll { max-height: none; border: 0; background: none; } .plx figure { margin: 8px 0; } .plx figure img { max-width: 100%; height: auto; }
.plx table { border-collapse: collapse; width: 100%; margin: 0; font-size: 13px; border: 0; table-layout: auto; }
.plx thead th { position: sticky; top: 0; background: var(--plx-raised); color: var(--plx-muted); font-weight: 600; font-size: 12px; z-index: 1;
  box-shadow: inset 0 -1px var(--plx-rule); }
.plx th, .plx td { padding: 5px 8px; text-align: left; vertical-align: top; border: 0; border-bottom: 1px solid var(--plx-rule); white-space: normal; max-width: none; }
.plx tbody tr, .plx tbody tr:nth-child(odd), .plx tbody tr:hover { background: none; }
.plx tbody th { font-weight: 500; } .plx .right { text-align: right; } .plx .lines .left { text-align: right; color: var(--plx-muted); }
.plx .lines td + td { color: var(--plx-muted); } .plx .lines td.hit { color: var(--plx-ink); white-space: nowrap; } .plx .lines td.what { min-width: 8.5rem; }
.plx .lines tbody th { min-width: 12rem; } .plx .lines .right { width: 2.5rem; }
.plx .pair td { width: 42%; } .plx .pair td.what { width: 16%; color: var(--plx-muted); } .plx .pair td.alone { background: var(--plx-raised); }
.plx .place { display: block; font-size: 12px; color: var(--plx-muted); font-weight: 400; }
.plx mark { background: none; color: inherit; font-weight: 600; border-bottom: 2px solid currentColor; padding: 0 1px; }
.plx mark.quoted { border-bottom-style: dotted; } .plx mark.content { font-weight: 400; border-bottom: 1px solid currentColor; }
.plx mark.chosen-hit { border-bottom: 3px double currentColor; }
.plx mark.differs { font-weight: 500; border-bottom: 2px dashed currentColor; }
.plx .lines mark.outside { background: var(--plx-outside); } .plx .lines mark.quoted { background: var(--plx-quoted); }
.plx .article .text { padding: 10px 16px; max-height: 36rem; font-size: 14px; } .plx .article section { max-width: 76ch; margin: 0 0 12px; }
.plx .article section p { margin: 0; line-height: 1.75; } .plx summary { cursor: pointer; color: var(--plx-link); margin-bottom: 10px; }
.plx .sentence { padding: 2px 3px; border-radius: 3px; box-decoration-break: clone; -webkit-box-decoration-break: clone; }
.plx .sign { font-size: 11px; font-weight: 600; border: 1px solid currentColor; border-radius: 3px; padding: 0 4px; white-space: nowrap; }
.plx .here { font-weight: 700; color: var(--plx-link); white-space: nowrap; } .plx .chosen { outline: 2px solid var(--plx-link); outline-offset: 1px; }
.plx .legend { list-style: none; display: flex; flex-flow: row wrap; gap: 2px 18px; margin: 0 0 6px; padding: 0; font-size: 12px; color: var(--plx-muted); }
.plx .swatch { display: inline-block; width: 14px; height: 14px; border: 1px solid var(--plx-muted); border-radius: 3px; margin-right: 6px; vertical-align: -2px; }
.plx .positive { background: var(--plx-positive); } .plx .negative { background: var(--plx-negative); } .plx .zero { background: var(--plx-zero); }
.plx .words.sentence, .plx .words.swatch { background: var(--plx-s1); }
.plx .speaker0 { background: var(--plx-s0); } .plx .speaker1 { background: var(--plx-s1); } .plx .speaker2 { background: var(--plx-s2); }
.plx .speaker3 { background: var(--plx-s3); } .plx .speaker4 { background: var(--plx-s4); } .plx .speaker5 { background: var(--plx-s5); }
.plx .note { border-left: 3px solid var(--plx-muted); background: var(--plx-raised); padding: 8px 12px; margin: 6px 0; } .plx .note p { margin: 0; }
.plx .note.warning { border-color: var(--jp-warn-color1, #b8420f); } .plx .note.hint { border-color: var(--plx-link); }
.plx .title { margin: 8px 0 4px; } .plx figcaption, .plx .source { font-size: 12px; color: var(--plx-muted); max-width: 90ch; }
.plx code { font-size: 12px; overflow-wrap: anywhere; }
"""
