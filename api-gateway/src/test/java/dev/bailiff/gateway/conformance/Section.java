package dev.bailiff.gateway.conformance;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The sections of the admin API that a test class covers, such as {@code "4.19"}. A method may name
 * fewer than its class; without an annotation of its own it covers all of them.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
public @interface Section {
  /** Numbers as in {@code coverage.txt}. */
  String[] value();
}
