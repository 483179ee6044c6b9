package dev.bailiff.worker;

import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import dev.bailiff.testing.architecture.ArchitectureRules;

@AnalyzeClasses(packages = "dev.bailiff", importOptions = ArchitectureRules.ProductionCode.class)
class ArchitectureTest {

  @ArchTest static final ArchRule PACKAGES_FORM_NO_CYCLE = ArchitectureRules.PACKAGES_FORM_NO_CYCLE;

  @ArchTest
  static final ArchRule NAMES_SAY_WHAT_A_CLASS_IS = ArchitectureRules.NAMES_SAY_WHAT_A_CLASS_IS;

  @ArchTest
  static final ArchRule INTERFACES_HAVE_NO_PREFIX = ArchitectureRules.INTERFACES_HAVE_NO_PREFIX;

  @ArchTest
  static final ArchRule WORKERS_KNOW_NO_GATEWAY = ArchitectureRules.WORKERS_KNOW_NO_GATEWAY;

  @ArchTest static final ArchRule RUNS_KNOW_NO_DATABASE = ArchitectureRules.RUNS_KNOW_NO_DATABASE;

  @ArchTest
  static final ArchRule ENGINE_KNOWS_NO_BACKEND = ArchitectureRules.ENGINE_KNOWS_NO_BACKEND;
}
