"""Absences: what stands in place of figures that there are not."""

from __future__ import annotations

from analysis.comparison.estimates import MIN_EPISODES

NOT_TAKEN = "This story was measured without sources: who speaks was not looked for, and no figure is given."
TOO_FEW_EPISODES = f"There are too many copies to compare each with each, and no two outlets share {MIN_EPISODES} episodes: no difference is shown."
