"""Absences: what stands in place of figures that there are not."""

from __future__ import annotations

from analysis.comparison.estimates import MIN_EPISODES

NOT_TAKEN = "This story was measured without sources: who speaks was not looked for, and no figure is given."
TOO_FEW_EPISODES = (
    f"Outlets are compared over episodes, and no two of them share {MIN_EPISODES}: no difference is shown."
)
