package dev.bailiff.gateway.route;

import java.util.List;

/** The calls of one feature, wired and ready to serve. */
@FunctionalInterface
public interface ApiModule {

  /** Resources of JAX-RS, in any order: {@link RouteTable} decides by the path. */
  List<Object> resources();
}
