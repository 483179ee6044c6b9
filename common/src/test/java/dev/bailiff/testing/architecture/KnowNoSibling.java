package dev.bailiff.testing.architecture;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.Map;
import java.util.Set;

/**
 * Forbids sibling packages to depend on each other, except on shared ones and on named exceptions.
 */
final class KnowNoSibling extends ArchCondition<JavaClass> {
  private final String parent;
  private final Set<String> shared;
  private final Map<String, Set<String>> exceptions;

  /**
   * @param parent the package of the siblings
   * @param shared packages that every sibling may depend on, by their last name
   * @param exceptions for a sibling, the further packages that it may depend on
   */
  KnowNoSibling(String parent, Set<String> shared, Map<String, Set<String>> exceptions) {
    super("know no package of " + parent + " but " + shared + " and " + exceptions);
    this.parent = parent + ".";
    this.shared = shared;
    this.exceptions = exceptions;
  }

  @Override
  public void check(JavaClass origin, ConditionEvents events) {
    var own = feature(origin);
    if (own.isEmpty()) {
      return; // the parent package, which brings the siblings together
    }
    for (Dependency dependency : origin.getDirectDependenciesFromSelf()) {
      var other = feature(dependency.getTargetClass());
      boolean known =
          other.isEmpty()
              || other.equals(own)
              || shared.contains(other)
              || exceptions.getOrDefault(own, Set.of()).contains(other);
      if (!known) {
        events.add(SimpleConditionEvent.violated(origin, dependency.getDescription()));
      }
    }
  }

  /** The last name of a sibling package; empty for any other package. */
  private String feature(JavaClass type) {
    var name = type.getPackageName();
    var word = name.startsWith(parent) ? name.substring(parent.length()) : "";
    return word.contains(".") ? "" : word;
  }
}
