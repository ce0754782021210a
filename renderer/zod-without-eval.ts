import * as z from "zod";

// The pages' CSP forbids eval, and zod decides when a schema is made whether it may compile parsers with it.
// Hence each page imports this file before anything else.
z.config({ jitless: true });
