"""Maps of problems and risks, drawn as the norm asks from a matrix that was recognised.

``gather`` reads the points from a submission, ``placing`` finds room for their labels, ``plot`` and ``listing`` draw; ``svg``, ``page``
and ``png`` are what comes out. Which matrix is drawn how stands in the packs, with the decision table of its quadrants.
"""
