/** What crosses from a call that is being served to the calls made for it: start at {@link io.tulle.api.context.CallContext}. */
@NullMarked
package io.tulle.api.context;

import org.jspecify.annotations.NullMarked;
