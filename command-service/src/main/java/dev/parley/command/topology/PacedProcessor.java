package dev.parley.command.topology;

import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/// Another processor, whose records are committed at a [CommitPace].
final class PacedProcessor implements Processor<String, byte[], String, byte[]> {

  private final Processor<String, byte[], String, byte[]> then;
  private final CommitPace pace;
  private @Nullable ProcessorContext<String, byte[]> context;

  PacedProcessor(Processor<String, byte[], String, byte[]> then, CommitPace pace) {
    this.then = then;
    this.pace = pace;
  }

  @Override
  public void init(ProcessorContext<String, byte[]> processorContext) {
    context = processorContext;
    then.init(processorContext);
  }

  @Override
  public void process(Record<String, byte[]> record) {
    then.process(record);
    if (context != null) {
      pace.decided(context);
    }
  }

  @Override
  public void close() {
    then.close();
  }
}
