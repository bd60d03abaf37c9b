/**
 * The call: {@link io.tulle.core.call.CallMachine} decides, a driver executes what it commands through {@link
 * io.tulle.core.call.CallLoop}. Start at {@link io.tulle.core.call.MeshEngine}.
 */
@NullMarked
package io.tulle.core.call;

import org.jspecify.annotations.NullMarked;
