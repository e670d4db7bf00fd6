using System.Globalization;
using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using Accounts.Tests.Support;
using Xunit;
using Xunit.Sdk;
using Xunit.v3;

[assembly: TestFramework(typeof(RandomOrder))]
[assembly: TestCollectionOrderer(typeof(RandomOrder.OfCollections))]
[assembly: TestCaseOrderer(typeof(RandomOrder.OfCases))]

namespace Accounts.Tests.Support;

/// <summary>
/// Another order in every run, so that no test comes to need a neighbour. <c>ACCOUNTS_TEST_SEED</c> repeats one; it holds
/// for a part of the tests, too, as each has its place by itself.
/// </summary>
public sealed class RandomOrder : XunitTestFramework
{
    private static readonly int Seed = int.Parse(
        Environment.GetEnvironmentVariable("ACCOUNTS_TEST_SEED") ?? $"{Random.Shared.Next(100_000)}", CultureInfo.InvariantCulture);

    protected override ITestFrameworkExecutor CreateExecutor(Assembly assembly) =>
        new OfClasses(new XunitTestAssembly(assembly, configFileName: null, assembly.GetName().Version));

    private static IEnumerable<T> Order<T>(IEnumerable<T> items, Func<T, string> id) => items.OrderBy(item => Place(id(item)), StringComparer.Ordinal);

    private static string Place(string id) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes($"{Seed} {id}")));

    /// <summary>The classes of a collection have no orderer: they run as their cases come.</summary>
    private sealed class OfClasses(IXunitTestAssembly assembly) : XunitTestFrameworkExecutor(assembly)
    {
        public override async ValueTask RunTestCases(
            IReadOnlyCollection<IXunitTestCase> testCases, IMessageSink messages, ITestFrameworkExecutionOptions options, CancellationToken cancellation)
        {
            Console.WriteLine($"Test order: ACCOUNTS_TEST_SEED={Seed}");
            IXunitTestCase[] ordered = [.. Order(testCases, test => test.TestClass.UniqueID)];
            await base.RunTestCases(ordered, messages, options, cancellation);
        }
    }

    public sealed class OfCollections : ITestCollectionOrderer
    {
        public IReadOnlyCollection<T> OrderTestCollections<T>(IReadOnlyCollection<T> testCollections)
            where T : ITestCollection => [.. Order(testCollections, collection => collection.UniqueID)];
    }

    public sealed class OfCases : ITestCaseOrderer
    {
        public IReadOnlyCollection<T> OrderTestCases<T>(IReadOnlyCollection<T> testCases)
            where T : notnull, ITestCase => [.. Order(testCases, test => test.UniqueID)];
    }
}
