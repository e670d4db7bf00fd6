using System.Text.Json.Serialization;

namespace Accounts.Api.Admin;

[JsonSerializable(typeof(AdminUserResponse)), JsonSerializable(typeof(AdminUsersResponse)), JsonSerializable(typeof(AdminEventsResponse))]
[JsonSerializable(typeof(FactorResetResponse)), JsonSerializable(typeof(AdminEventLogResponse))]
[JsonSerializable(typeof(InvitationResponse)), JsonSerializable(typeof(InvitationsResponse))]
[JsonSerializable(typeof(CheckResponse)), JsonSerializable(typeof(SummaryResponse))]
internal sealed partial class AdminJson : JsonSerializerContext;
