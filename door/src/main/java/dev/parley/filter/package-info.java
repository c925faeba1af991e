/// Looks at what people write before it is sealed: a list of words, and a hook that the deployment
/// brings.
///
/// [ContentFilter] is what the doors ask; [WordList] is the built-in list, [FilterHook] the call of
/// the deployment's own service. Where neither is configured, nothing is looked at and it costs
/// nothing.
@NullMarked
package dev.parley.filter;

import org.jspecify.annotations.NullMarked;
