/**
 * Protocols of several runs that test what a paper claims: which experiments, what is measured of each, and a criterion for
 * each claim, with the figures it is judged by.
 */
@NullMarked
package decaylab.study;

import org.jspecify.annotations.NullMarked;
