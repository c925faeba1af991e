package dev.parley.log;

import java.util.Map;
import java.util.Set;

/// Folds the log into a view.
///
/// The result may depend on the entries and their order in each partition only, never on how they
/// were cut into batches: the same log gives the same view, at any pace and after any crash.
public interface Projection {

  /// Names its thread, its logs and its health.
  String name();

  /// What it reads.
  Set<String> topics();

  /// The next offset to read of each of these partitions, as stored; a partition that is absent
  /// starts at its beginning. Asked whenever partitions are assigned, so that a projection goes on
  /// where the last holder of a partition stopped.
  ///
  /// @throws TransientException to be asked again after a while
  Map<LogPartition, Long> positions(Set<LogPartition> partitions);

  /// Stores the effects of the entries and the positions of the batch, both or neither. Called on
  /// the loop's thread, which waits.
  ///
  /// @throws TransientException nothing was stored, the same batch is to be handed over again
  /// @throws PositionMovedException nothing was stored, since the stored position is not the
  ///   batch's: positions are asked again
  /// @throws RuntimeException any other: the partition of the entry that causes it stops, and
  ///   health says where
  void apply(Batch batch);
}
