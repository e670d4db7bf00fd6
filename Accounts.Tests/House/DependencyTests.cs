using Accounts.Api;
using Accounts.Core.Data;
using Xunit;

namespace Accounts.Tests.House;

/// <summary>Who needs more than five others does two things.</summary>
public sealed class DependencyTests
{
    private const int Most = 5;

    /// <summary>Those that still do, and how many they need. The list may only shrink: nobody is added, and no number rises.</summary>
    private static readonly Dictionary<string, int> Exceptions = new()
    {
        ["UserRegistration"] = 8,
        ["SocialController"] = 6,
        ["PasswordChange"] = 6,
        ["VerificationMail"] = 6,
    };

    [Fact]
    public void No_class_needs_more_than_five_others()
    {
        var many = new[] { typeof(AccountsDb), typeof(Program) }.SelectMany(type => type.Assembly.GetTypes())
            .Where(type => type.IsClass && !type.Name.Contains('<') && !type.IsSubclassOf(typeof(Exception)) && !IsRecord(type))
            .Select(type => (type.Name, Needs: type.GetConstructors().Select(constructor => constructor.GetParameters().Length).DefaultIfEmpty().Max()))
            .Where(type => type.Needs > Most).ToDictionary(type => type.Name, type => type.Needs);
        Assert.Equal(Exceptions.OrderBy(pair => pair.Key), many.OrderBy(pair => pair.Key));
    }

    private static bool IsRecord(Type type) => type.GetMethod("<Clone>$") is not null;
}
