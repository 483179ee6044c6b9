package dev.bailiff.testing.architecture;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.Map;
import java.util.Set;

/** Holds packages beside each other to what they share, and to exceptions by name. */
final class KnowNoSibling extends ArchCondition<JavaClass> {
  private final String parent;
  private final Set<String> shared;
  private final Map<String, Set<String>> exceptions;

  /**
   * @param parent of the packages
   * @param shared what each may know, by its last word
   * @param exceptions what else one of them may know
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
      return; // the package above them, which brings them together
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

  /** The last word of a package that is one of the siblings; empty of any other. */
  private String feature(JavaClass type) {
    var name = type.getPackageName();
    var word = name.startsWith(parent) ? name.substring(parent.length()) : "";
    return word.contains(".") ? "" : word;
  }
}
