import fc from "fast-check";

// Properties that name no seed look for new cases where they are proved at length; every day they try the same ones.
if (process.env.PROVE === undefined) fc.configureGlobal({ seed: 20_261_122 });
