/** The daemon shown at work: simulators beside it, its results as tables, a kill in the middle. Nothing imports this package. */
package bellwether.demo;
