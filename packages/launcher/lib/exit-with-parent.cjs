// Preloaded into every server that the launcher starts. When the launcher is gone, however that happened, the server
// ends the way it would on Ctrl-C, and nothing is left running.
const GRACE_MS = 10_000;

if (process.connected) {
  process.once('disconnect', () => {
    process.kill(process.pid, 'SIGTERM');
    setTimeout(() => process.exit(1), GRACE_MS).unref();
  });
  // Listening keeps the channel, and so the process, alive; a server has better reasons to live than that.
  process.channel?.unref();
}
