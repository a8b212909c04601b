/**
 * The words and the arithmetic of NPS, in plain Java: nothing here knows a tool, a CRM, a file or a store. Figures are kept as exact
 * counts and fractions and rounded once, when shown; null means "no answer" and is never written as 0.
 */
package bellwether.nps;
