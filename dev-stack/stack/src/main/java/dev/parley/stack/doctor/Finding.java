package dev.parley.stack.doctor;

/// One sentence about the machine or the stack; a problem names its cure.
public record Finding(Weight weight, String sentence) {

  /// What a finding means for a start.
  public enum Weight {
    FINE,
    /// It starts nevertheless.
    WARNING,
    PREVENTS
  }

  public static Finding fine(String sentence) {
    return new Finding(Weight.FINE, sentence);
  }

  public static Finding warning(String sentence) {
    return new Finding(Weight.WARNING, sentence);
  }

  public static Finding problem(String sentence) {
    return new Finding(Weight.PREVENTS, sentence);
  }

  public boolean isFine() {
    return weight == Weight.FINE;
  }

  public boolean prevents() {
    return weight == Weight.PREVENTS;
  }

  public String mark() {
    return switch (weight) {
      case FINE -> "ok     ";
      case WARNING -> "warning";
      case PREVENTS -> "PROBLEM";
    };
  }
}
