/**
 * Reads the stored plans and runs, verifies the record, and removes from it what retention no longer keeps. Nothing
 * else is changed here.
 */
package io.chartreuse.core.audit;
