/**
 * The test kit of every module: builders, assertions, PostgreSQL and Kafka for tests, a clock that
 * is set by hand, means to break things. One PostgreSQL and one broker serve all tests of a JVM;
 * each test class has a database of its own.
 */
@NullMarked
package dev.bailiff.testing;

import org.jspecify.annotations.NullMarked;
