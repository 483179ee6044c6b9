package dev.bailiff.benchmark;

import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import dev.bailiff.testing.architecture.ArchitectureRules;

@AnalyzeClasses(
    packages = "dev.bailiff.benchmark",
    importOptions = ArchitectureRules.ProductionCode.class)
class ArchitectureTest {

  @ArchTest static final ArchRule PACKAGES_FORM_NO_CYCLE = ArchitectureRules.PACKAGES_FORM_NO_CYCLE;

  @ArchTest static final ArchRule PACKAGES_ARE_SMALL = ArchitectureRules.PACKAGES_ARE_SMALL;

  @ArchTest
  static final ArchRule NAMES_SAY_WHAT_A_CLASS_IS = ArchitectureRules.NAMES_SAY_WHAT_A_CLASS_IS;

  @ArchTest
  static final ArchRule INTERFACES_HAVE_NO_PREFIX = ArchitectureRules.INTERFACES_HAVE_NO_PREFIX;
}
