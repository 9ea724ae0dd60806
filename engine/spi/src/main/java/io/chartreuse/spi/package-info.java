/**
 * What the author of a provider or of a backend sees, and all of it.
 *
 * <p>A provider ({@link io.chartreuse.spi.provider.Provider}) reads and changes one kind of resource: databases, clusters,
 * workloads. A backend ({@link io.chartreuse.spi.backend.Backend}) keeps artifacts and the lock. The engine finds both
 * through {@link java.util.ServiceLoader} by their factories and calls them. They never call the engine, and they never
 * see each other.
 *
 * <p>Belongs here: interfaces of one to four methods and the values that they exchange. Does not belong here: algorithms,
 * input and output, anything that a provider could do without.
 */
package io.chartreuse.spi;
