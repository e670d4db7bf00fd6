using System.Reflection;
using Accounts.Api;
using Accounts.Core.Data;
using Xunit;

namespace Accounts.Tests.House;

/// <summary>
/// Rooms lie in storeys, and a room knows rooms of lower storeys alone: never one beside or above it, and so in no
/// circle. Setups, the database and its mappings put the rooms together and know them all.
/// </summary>
public sealed class StoreyTests
{
    /// <summary>From the ground up.</summary>
    private static readonly string[][] Core =
    [
        ["Failures", "Settings", "Outgoing", "Telemetry", "Workers"],
        ["Secrets", "Tokens", "Data", "Texts", "Branding"],
        ["Outbox"],
        ["Users"],
        ["Audit", "Throttling", "MailedTokens", "Mail"],
        ["Notices", "Housekeeping", "MailRequests", "OwnActivity", "Invitations"],
        ["Changes", "TrustedDevices"],
        ["Sessions"],
        ["ProgramTokens", "EndedSessions", "Webhooks"],
        ["NewDevices"],
        ["SignIn", "SigningKeys"],
        ["SecondFactor"],
        ["Passwords", "Profile", "Passkeys", "OldTokens"],
        ["Registration", "EmailChange"],
        ["Social", "EmailCodes", "Deletion", "Export"],
        ["Recovery", "Reauthentication"],
        ["Restoring", "Admin", "Checkup", "History"],
        ["Import"],
    ];

    private static readonly string[][] Api =
    [
        ["Cookies", "Hosting", "Origins", "Telemetry"],
        ["Clients"],
        ["Http"],
        ["Pages"],
        ["Docs"],
        ["Users", "OldTokens"],
        ["Sessions", "Tokens", "NewDevices", "OwnActivity", "Profile", "TrustedDevices"],
        ["SignIn", "MailedTokens", "EndedSessions"],
        ["Passwords", "Passkeys", "ProgramTokens", "Webhooks"],
        ["SecondFactor"],
        ["Registration", "Providers", "EmailChange"],
        ["Social", "EmailCodes", "Deletion", "Export", "Recovery"],
        ["Reauthentication", "Checkup"],
        ["Admin"],
        ["Compatibility"],
        ["Commands"],
    ];

    public static TheoryData<string> Projects => ["Accounts.Core", "Accounts.Api"];

    [Theory, MemberData(nameof(Projects))]
    public void A_room_knows_rooms_of_lower_storeys_alone(string project)
    {
        var storeys = StoreysOf(project);
        var arrows = from type in TypesOf(project)
                     where RoomOf(type) is not null && !PutsTogether(type)
                     from known in CompiledReferences.Of(type)
                     where known.Assembly == type.Assembly && RoomOf(known) is not null && RoomOf(known) != RoomOf(type)
                     where storeys[RoomOf(known)!] >= storeys[RoomOf(type)!]
                     select $"{RoomOf(type)}.{type.Name} knows {RoomOf(known)}.{known.Name}";
        Assert.Empty(arrows.Distinct().Order(StringComparer.Ordinal));
    }

    [Theory, MemberData(nameof(Projects))]
    public void Every_room_has_its_storey_and_every_storey_its_rooms(string project)
    {
        var rooms = TypesOf(project).Select(RoomOf).OfType<string>().Distinct().Order(StringComparer.Ordinal).ToArray();
        Assert.NotEmpty(rooms);
        Assert.Equal(StoreysOf(project).Keys.Order(StringComparer.Ordinal), rooms);
    }

    private static Dictionary<string, int> StoreysOf(string project) => (project == "Accounts.Core" ? Core : Api)
        .SelectMany((rooms, storey) => rooms.Select(room => (room, storey))).ToDictionary(pair => pair.room, pair => pair.storey);

    private static IEnumerable<Type> TypesOf(string project) =>
        (project == "Accounts.Core" ? typeof(AccountsDb) : typeof(Program)).Assembly.GetTypes()
        .Where(type => !type.IsNested && type.Namespace?.StartsWith(project, StringComparison.Ordinal) == true);

    /// <summary>Null for what stands at the door of the project and belongs to no room.</summary>
    private static string? RoomOf(Type type) => Outermost(type).Namespace?.Split('.') is ["Accounts", _, var room, ..] ? room : null;

    private static Type Outermost(Type type) => type.DeclaringType is { } outer ? Outermost(outer) : type;

    private static bool PutsTogether(MemberInfo type) =>
        type.Name == nameof(AccountsDb) || type.Name.EndsWith("Setup", StringComparison.Ordinal) || type.Name.EndsWith("Mapping", StringComparison.Ordinal);
}
