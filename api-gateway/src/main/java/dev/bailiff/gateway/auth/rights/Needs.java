package dev.bailiff.gateway.auth.rights;

import dev.bailiff.access.Scope;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The scopes that a token needs for a call, all of them. Every call that admits admins or operators
 * has this.
 */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface Needs {
  Scope[] value();

  /** The kind of job that the call submits; empty if the body names it, or none is submitted. */
  String kind() default "";
}
