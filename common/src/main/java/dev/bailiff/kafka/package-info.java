/**
 * Kafka as we use it: topics and groups, commands out, events out and in, dead letters. Kafka
 * decides who works next and never what is true: whatever is lost here is sent again from the
 * store.
 */
@NullMarked
package dev.bailiff.kafka;

import org.jspecify.annotations.NullMarked;
