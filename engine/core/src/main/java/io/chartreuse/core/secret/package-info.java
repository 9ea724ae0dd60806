/**
 * References to secrets, resolved late; and what was resolved, kept out of everything that is shown or stored.
 *
 * <p>Does not belong here: which settings hold a secret (the providers' schemas say so).
 */
package io.chartreuse.core.secret;
