/**
 * The admin API, one package a feature and one resource a noun of the URL. A resource reads its
 * request in the order in which the API names its errors, asks a store or submits a job, and shapes
 * the reply. No SQL, no JDBI and no Kafka comes in here.
 */
@NullMarked
package dev.bailiff.gateway.admin;

import org.jspecify.annotations.NullMarked;
