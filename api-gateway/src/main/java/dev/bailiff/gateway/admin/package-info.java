/**
 * The admin API, one package per feature and one resource per noun of the URL. A resource reads its
 * request in the order of the API's errors, asks a store or submits a job, and shapes the reply. No
 * class here uses SQL, JDBI or Kafka.
 */
@NullMarked
package dev.bailiff.gateway.admin;

import org.jspecify.annotations.NullMarked;
