/**
 * What the author of a provider or of a backend sees, and all of it.
 *
 * <p>A provider ({@link io.chartreuse.spi.Provider}) reads and changes one kind of world: databases, clusters,
 * workloads. A backend ({@link io.chartreuse.spi.Backend}) keeps artifacts and the lock. Both are found through
 * {@link java.util.ServiceLoader} by their factories. The engine calls them; they never call the engine, and never see
 * each other.
 *
 * <p>Belongs here: interfaces of one to four verbs and the values that they exchange. Does not belong here: algorithms,
 * input and output, anything that a provider could do without.
 */
package io.chartreuse.spi;
