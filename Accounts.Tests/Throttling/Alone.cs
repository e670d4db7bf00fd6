using Xunit;

namespace Accounts.Tests.Throttling;

/// <summary>What compares times runs by itself: hashing gets what other work leaves of the processor, and beside other tests that is now much and now nothing.</summary>
[CollectionDefinition(DisableParallelization = true)]
public sealed class Alone;
