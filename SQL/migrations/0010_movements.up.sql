-- What movement means: parameters, recorded translocations and high water.

SELECT;
