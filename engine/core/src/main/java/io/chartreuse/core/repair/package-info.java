/** What failed half-way is cleared away: found, then done one after the other under the lock. No part of any plan. */
package io.chartreuse.core.repair;
