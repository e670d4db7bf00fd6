using System.Text.Json.Serialization;

namespace Accounts.Api.Admin;

[JsonSerializable(typeof(AdminUserResponse)), JsonSerializable(typeof(AdminUsersResponse)), JsonSerializable(typeof(AdminEventsResponse))]
internal sealed partial class AdminJson : JsonSerializerContext;
