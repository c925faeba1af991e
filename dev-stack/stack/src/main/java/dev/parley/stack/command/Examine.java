package dev.parley.stack.command;

import dev.parley.stack.doctor.Doctor;
import dev.parley.stack.doctor.Finding;
import dev.parley.stack.plan.Folders;
import dev.parley.stack.plan.Plan;
import dev.parley.stack.plan.Secrets;
import dev.parley.stack.supervise.StackState;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// `doctor`: of a running stack, what is not well; of one that is not running, what would keep it
/// from starting.
final class Examine {

  private final Arguments arguments;
  private final Folders folders;

  Examine(Arguments arguments) {
    this.arguments = arguments;
    this.folders = new Folders(arguments.data());
  }

  int run() throws IOException {
    List<Finding> findings = new ArrayList<>(Doctor.ofMachine(arguments.data()));
    if (RunningStack.isSupervised(folders)) {
      RunningStack.state(folders).ifPresent(state -> findings.addAll(unwell(state)));
    } else {
      Plan plan = new Plan(arguments.options(), folders, new Secrets("", "", ""));
      findings.addAll(Doctor.ofPorts(plan));
    }
    findings.forEach(finding -> System.out.println(finding.mark() + " " + finding.sentence()));
    boolean problem = findings.stream().anyMatch(finding -> !finding.isFine());
    System.out.println(problem ? "" : "Nothing is wrong.");
    return problem ? 1 : 0;
  }

  private static List<Finding> unwell(StackState state) {
    List<Finding> findings = new ArrayList<>();
    state
        .units()
        .forEach(unit -> {
          Health health = Health.of(unit, state);
          if (!health.isWell()) {
            findings.add(
                Finding.problem(
                    "%s is %s%s: ./parley logs %s shows why; it is started again by itself."
                        .formatted(
                            unit.name(),
                            health.word(),
                            health.detail().isEmpty() ? "" : " (" + health.detail() + ")",
                            unit.name())));
          }
        });
    if (findings.isEmpty()) {
      findings.add(
          Finding.fine("All " + state.units().size() + " processes of the stack are well."));
    }
    return findings;
  }
}
