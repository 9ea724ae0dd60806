/**
 * From the user's {@code chartreuse.yaml} to a validated {@link io.chartreuse.core.configuration.Configuration}, or to
 * all that is wrong with it, each problem with its place.
 *
 * <p>The way: {@code SourceText} reads the file, {@link io.chartreuse.core.configuration.YamlDocument} turns it into a
 * tree that knows where each setting stands, {@link io.chartreuse.core.configuration.ConfigurationSchema} composes the
 * engine's schema with those of the providers, {@code SchemaProblems} says in plain words what does not fit.
 *
 * <p>Belongs here: reading, checking, defaults, the configuration's digest. Does not belong here: what a section means
 * (its provider knows), resolving secrets.
 */
package io.chartreuse.core.configuration;
