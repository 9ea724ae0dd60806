/** The engine as the command line uses it: one configuration, its providers and backend, and the verbs over them. */
package io.chartreuse.core.session;
