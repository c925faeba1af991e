package dev.parley.projection;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(
    packages = "dev.parley.projection",
    importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

  @ArchTest
  static final ArchRule theFoldKnowsNothingButTheSchemas =
      classes()
          .that()
          .resideInAPackage("dev.parley.projection.fold")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "java..",
              "org.jspecify..",
              "dev.parley.schemas..",
              "com.fasterxml.jackson.databind..",
              "..fold");

  @ArchTest
  static final ArchRule theFoldHasNoClock =
      noClasses()
          .that()
          .resideInAPackage("dev.parley.projection.fold")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("java.time..", "java.io..", "java.net..", "java.util.concurrent..");

  @ArchTest
  static final ArchRule readsDoNotReachIntoTheProjections =
      noClasses()
          .that()
          .resideInAnyPackage("..timeline", "..inbox", "..conversation", "..directory", "..catchup")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("..projection.views", "..delivery", "..replay", "..startup");

  @ArchTest
  static final ArchRule nobodyTouchesKafkaButTheEventLog =
      noClasses().should().dependOnClassesThat().resideInAPackage("org.apache.kafka..");
}
